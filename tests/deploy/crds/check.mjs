// Reads resources as a JSON array from standard input; prints a line for each that its schema refuses, with the reason.
import { readFileSync } from "node:fs";

const SCHEMAS = {
  "kafka.strimzi.io/v1": "@kubernetes-models/strimzi-kafka-operator/_schemas/KafkaStrimziIoV1",
  "keda.sh/v1alpha1": "@kubernetes-models/keda/_schemas/ComGithubKedacoreKedaV2ApisKedaV1alpha1",
  "monitoring.coreos.com/v1":
    "@kubernetes-models/prometheus-operator/_schemas/ComGithubPrometheusOperatorPrometheusOperatorPkgApisMonitoringV1",
};

for (const resource of JSON.parse(readFileSync(0, "utf8"))) {
  const { validate } = await import(`./node_modules/${SCHEMAS[resource.apiVersion]}${resource.kind}.js`);
  if (!validate(resource)) {
    console.log(resource.kind, resource.metadata.name, JSON.stringify(validate.errors));
  }
}
