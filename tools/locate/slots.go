package main

import "github.com/google/go-jsonnet/ast"

// eachSlot gives the children of a node, as the places that hold them.
func eachSlot(node ast.Node, visit func(slot *ast.Node)) {
	switch node := node.(type) {
	case *ast.Array:
		for i := range node.Elements {
			visit(&node.Elements[i].Expr)
		}
	case *ast.Binary:
		visit(&node.Left)
		visit(&node.Right)
	case *ast.Unary:
		visit(&node.Expr)
	case *ast.Conditional:
		visit(&node.Cond)
		visit(&node.BranchTrue)
		visit(&node.BranchFalse)
	case *ast.Error:
		visit(&node.Expr)
	case *ast.Function:
		for i := range node.Parameters {
			if node.Parameters[i].DefaultArg != nil {
				visit(&node.Parameters[i].DefaultArg)
			}
		}
		visit(&node.Body)
	case *ast.Index:
		visit(&node.Target)
		visit(&node.Index)
	case *ast.SuperIndex:
		visit(&node.Index)
	case *ast.InSuper:
		visit(&node.Index)
	case *ast.Local:
		for i := range node.Binds {
			visit(&node.Binds[i].Body)
		}
		visit(&node.Body)
	case *ast.Apply:
		visit(&node.Target)
		for i := range node.Arguments.Positional {
			visit(&node.Arguments.Positional[i].Expr)
		}
		for i := range node.Arguments.Named {
			visit(&node.Arguments.Named[i].Arg)
		}
	case *ast.DesugaredObject:
		for i := range node.Fields {
			visit(&node.Fields[i].Name)
			visit(&node.Fields[i].Body)
		}
		for i := range node.Locals {
			visit(&node.Locals[i].Body)
		}
		for i := range node.Asserts {
			visit(&node.Asserts[i])
		}
	}
}

// collectChecks finds what would refuse a changed value, in library files too.
func collectChecks(slot *ast.Node, into *[]check) {
	if *slot == nil {
		return
	}
	if conditional, ok := (*slot).(*ast.Conditional); ok {
		_, failsTrue := conditional.BranchTrue.(*ast.Error)
		_, failsFalse := conditional.BranchFalse.(*ast.Error)
		if failsTrue != failsFalse {
			*into = append(*into, check{&conditional.Cond, failsFalse})
		}
	}
	eachSlot(*slot, func(child *ast.Node) { collectChecks(child, into) })
}
