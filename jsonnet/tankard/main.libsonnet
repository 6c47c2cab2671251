import 'gen/main.libsonnet'
