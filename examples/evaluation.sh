#!/bin/sh
# A model plays Kuhn poker and Werewolf against a random and a scripted player; its games become a report and training
# data in every format. Run it from a clone, with a vLLM server that serves the model:
#
#   MODEL=Qwen/Qwen3-8B sh examples/evaluation.sh http://localhost:8000/v1 runs/evaluation
set -eu
url=${1:-http://localhost:8000/v1}
out=${2:-runs/evaluation}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

ludus() {
  node --import "file://$root/node_modules/tsx/dist/esm/index.mjs" "$root/src/cli/main.ts" "$@"
}

mkdir -p "$out"
sed -e "s|http://localhost:8000/v1|$url|" -e "s|Qwen/Qwen3-8B|${MODEL:-Qwen/Qwen3-8B}|" \
  "$root/examples/tournament.json" > "$out/plan.json"
ludus tournament "$out/plan.json" --out "$out/games"
ludus grade "$out/games"
ludus report "$out/games" --out "$out/report.html"
for format in $(ludus export | awk '{ print $1 }'); do
  ludus export "$format" "$out/games" --agents model --out "$out/$format/rows"
done
