(import 'shop.libsonnet') { name:: 'shop-staging', replicas:: 2, banners:: ['spring', 'summer'] }
