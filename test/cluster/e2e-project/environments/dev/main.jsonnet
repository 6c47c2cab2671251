(import 'shop.libsonnet') { name:: 'shop-dev' }
