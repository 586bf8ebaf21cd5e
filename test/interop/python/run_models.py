"""Checks ONNX files, infers all their shapes, runs them, and writes down what they give."""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

folder = Path(sys.argv[1])
task = json.loads((folder / "task.json").read_text())


def array(value):
    return np.array(value["data"], dtype=value["dtype"]).reshape(value["dims"])


def shape(value):
    return [one.dim_value or one.dim_param for one in value.type.tensor_type.shape.dim]


def run(name, feeds):
    path = str(folder / name)
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    shaped = {value.name for value in [*inferred.graph.value_info, *inferred.graph.output]}
    made = {output for node in inferred.graph.node for output in node.output if output}
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    values = session.run(names, {key: array(value) for key, value in feeds.items()})
    return {
        "unshaped": sorted(made - shaped),
        "declared": {value.name: shape(value) for value in inferred.graph.output},
        "opset": model.opset_import[0].version,
        "outputs": {
            key: {"dims": list(value.shape), "data": value.astype(np.float64).ravel().tolist()}
            for key, value in zip(names, values)
        },
    }


result = [run(one["file"], one["feeds"]) for one in task]
(folder / "result.json").write_text(json.dumps(result))
