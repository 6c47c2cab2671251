// What mapContainers adds to an object, by the place where its kind keeps the Pod's spec. Arguments are checked by
// the functions of the kinds.
{
  // Deployment, Job and what else has a template in its spec.
  inTemplate(f, includeInitContainers):: {
    local pod = super.spec.template.spec,
    spec+: { template+: { spec+: $.mapped(pod, f, includeInitContainers) } },
  },

  // CronJob.
  inJobTemplate(f, includeInitContainers):: {
    local pod = super.spec.jobTemplate.spec.template.spec,
    spec+: { jobTemplate+: { spec+: { template+: { spec+: $.mapped(pod, f, includeInitContainers) } } } },
  },

  // PodTemplate.
  inPodTemplate(f, includeInitContainers):: {
    local pod = super.template.spec,
    template+: { spec+: $.mapped(pod, f, includeInitContainers) },
  },

  // Pod.
  inPod(f, includeInitContainers):: {
    local pod = super.spec,
    spec+: $.mapped(pod, f, includeInitContainers),
  },

  // The containers of a Pod's spec, each as f makes it.
  mapped(pod, f, includeInitContainers):: {
    containers: std.map(f, pod.containers),
    [if includeInitContainers then 'initContainers']: std.map(f, pod.initContainers),
  },

  // A function that is f for the containers of these names, and leaves the others as they are.
  withName(names, f)::
    local wanted = if std.isArray(names) then names else [names];
    function(container)
      if std.objectHas(container, 'name') && std.member(wanted, container.name) then f(container) else container,
}
