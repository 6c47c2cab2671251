(import 'shop.libsonnet') {
  name:: 'shop-production',
  replicas:: 3,
  settings+:: { LOG_LEVEL: 'warn' },
}
