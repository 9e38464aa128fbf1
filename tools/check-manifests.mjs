// Renders the Kubernetes overlays and checks every object against the Kubernetes schemas and against what this
// project promises of a deployment: non-root, read-only root, probes, limits, budget, policy. No cluster is needed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const problems = [];
const problem = (where, what) => problems.push(`${where}: ${what}`);

function renderer() {
  const local = join(root, '.hetao', 'bin', 'kustomize');
  const candidates = [
    [existsSync(local) ? local : 'kustomize', ['build']],
    ['kubectl', ['kustomize']],
  ];
  return candidates.find(([command, args]) => spawnSync(command, [...args, '--help']).status === 0);
}

const modelOf = async ({ apiVersion, kind }) =>
  (await import(`kubernetes-models/${apiVersion}`).catch(() => undefined))?.[kind];

async function checkSchema(object, where) {
  const Model = await modelOf(object);
  if (!Model) return problem(where, `no schema is known for ${object.apiVersion} ${object.kind}`);
  try {
    new Model(object).validate();
  } catch (error) {
    problem(where, error.message);
  }
}

function checkContainer(container, where) {
  const context = container.securityContext ?? {};
  if (!context.readOnlyRootFilesystem) problem(where, 'the root file system is writable');
  if (context.allowPrivilegeEscalation !== false) problem(where, 'privilege escalation is not refused');
  if (!container.resources?.limits?.memory) problem(where, 'there is no memory limit');
  if (/:latest$|^[^:]+$/.test(container.image)) problem(where, `the image ${container.image} has no fixed tag`);
}

function checkWorkload(object, where) {
  const pod = object.spec.template.spec;
  if (!pod.securityContext?.runAsNonRoot) problem(where, 'it may run as root');
  if (pod.automountServiceAccountToken !== false) problem(where, 'it mounts a service account token');
  for (const container of pod.containers) {
    checkContainer(container, where);
    for (const probe of object.kind === 'Deployment' ? ['startupProbe', 'livenessProbe', 'readinessProbe'] : []) {
      if (!container[probe]) problem(where, `${probe} is missing`);
    }
  }
}

/** Every service has its budget, its autoscaler, its policy and its migration: by name, so none is forgotten. */
function checkCompany(objects, overlay) {
  const has = (kind, name) => objects.some((object) => object.kind === kind && object.metadata.name === name);
  for (const { metadata } of objects.filter((object) => object.kind === 'Deployment')) {
    for (const kind of ['Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'NetworkPolicy']) {
      if (!has(kind, metadata.name)) problem(`${overlay} Deployment/${metadata.name}`, `${kind} is missing`);
    }
    const job = metadata.name.replace('hetao-', 'hetao-migrate-');
    if (!has('Job', job)) problem(`${overlay} Deployment/${metadata.name}`, `the migration job ${job} is missing`);
  }
}

async function checkOverlay([command, args], overlay) {
  const { status, stdout, stderr } = spawnSync(command, [...args, join(root, 'infra/k8s/overlays', overlay)], {
    encoding: 'utf8',
  });
  if (status !== 0) return problem(overlay, stderr.trim());
  const objects = parseAllDocuments(stdout).map((document) => document.toJS());
  for (const object of objects) {
    const where = `${overlay} ${object.kind}/${object.metadata.name}`;
    await checkSchema(object, where);
    if (object.kind === 'Deployment' || object.kind === 'Job') checkWorkload(object, where);
  }
  checkCompany(objects, overlay);
  return objects.length;
}

/** The services of docker-compose.yml, of Kubernetes and of apps/ are the same ones. */
function checkServices() {
  const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
  const composed = Object.entries(compose.services)
    .filter(([, service]) => service.build)
    .map(([name]) => name);
  const bases = readdirSync(join(root, 'infra/k8s/base'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'service')
    .map((entry) => entry.name);
  const apps = readdirSync(join(root, 'apps')).filter(
    (name) => existsSync(join(root, 'apps', name, 'src', 'main.ts')) && name !== 'platform',
  );
  for (const [what, names] of [
    ['docker-compose.yml', composed],
    ['infra/k8s/base', bases],
  ]) {
    for (const name of apps.filter((app) => !names.includes(app))) problem(what, `the service ${name} is missing`);
    for (const name of names.filter((app) => !apps.includes(app))) problem(what, `${name} is no service of apps/`);
  }
}

checkServices();
const render = renderer();
if (render) {
  const count = [];
  for (const overlay of ['demo', 'production']) count.push((await checkOverlay(render, overlay)) ?? 0);
  console.log(`checked ${count.reduce((sum, n) => sum + n, 0)} Kubernetes objects in ${count.length} overlays`);
} else if (process.env.CI) {
  problem('infra/k8s', 'neither kustomize nor kubectl is here to render the overlays');
} else {
  console.warn('!! infra/k8s was NOT rendered: neither kustomize nor kubectl is on the PATH');
}
for (const line of problems) console.error(line);
process.exit(problems.length > 0 ? 1 : 0);
