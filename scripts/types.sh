#!/bin/sh
# Do types that others generate from the JSON Schema take every plan in outputs/? Python: datamodel-code-generator;
# TypeScript: json-schema-to-typescript and tsc. Their packages are fetched into a temporary folder, which is removed:
# what only this needs is no part of a developer's setup.
# Usage: scripts/types.sh [python|typescript]   both where none is given
set -eu
cd "$(dirname "$0")/.."
project=$PWD
schema=$(ls "$project"/schemas/kehoach-plan-*.json | sort -V | tail -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python() {
    "${PYTHON:-python3}" -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet 'datamodel-code-generator==0.89.0' 'pydantic>=2'
    "$work/venv/bin/datamodel-codegen" --input "$schema" --input-file-type jsonschema --formatters builtin \
        --output "$work/plan.py" --output-model-type pydantic_v2.BaseModel --class-name Plan
    (cd "$work" && venv/bin/python - "$project"/outputs/*.json) <<'END'
import sys
from pathlib import Path

from plan import Plan

for file in sys.argv[1:]:
    plan = Plan.model_validate_json(Path(file).read_bytes())
    print(f"Python: {file}: {len(plan.objectives) + len(plan.tasks)} items")
END
}

typescript() {
    npm install --silent --no-fund --no-audit --prefix "$work" json-schema-to-typescript@15.0.4 typescript@5.9.3
    "$work/node_modules/.bin/json2ts" --input "$schema" --output "$work/plan.ts"
    name=$(sed -n 's/^export interface \(KehoachPlan[0-9]*\) .*/\1/p' "$work/plan.ts")
    number=0
    for file in "$project"/outputs/*.json; do
        number=$((number + 1))
        {
            echo "import { $name } from './plan';"
            printf 'export const read: %s = ' "$name"
            cat "$file"
        } > "$work/output$number.ts"
        echo "TypeScript: $file"
    done
    "$work/node_modules/.bin/tsc" --noEmit --strict --target es2022 "$work"/output*.ts
}

case ${1:-both} in
    both) python; typescript ;;
    python | typescript) "$1" ;;
    *) echo "usage: scripts/types.sh [python|typescript]" >&2; exit 2 ;;
esac
