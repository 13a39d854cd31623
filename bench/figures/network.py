"""The network that reads figures by hand: trained with JAX, written as ONNX."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

Weights: TypeAlias = dict[str, jax.Array]

# Kernel, stride and padding of the six convolutions; the last gives no figure and the ten figures at each step.
_SHAPES = {
    1: (16, 1, 5, 5),
    2: (28, 16, 3, 3),
    3: (48, 28, 3, 3),
    4: (64, 48, 4, 3),
    5: (64, 64, 1, 5),
    6: (11, 64, 1, 3),
}
_STRIDES = {1: (2, 2), 2: (2, 1), 3: (2, 1), 4: (1, 1), 5: (1, 1), 6: (1, 1)}
_ROOMS = {1: (2, 2), 2: (1, 1), 3: (1, 1), 4: (0, 1), 5: (0, 2), 6: (0, 1)}
MOST = 6  # figures of a strip


def first_weights(seed: int) -> Weights:
    """Weights to begin with."""
    keys = jax.random.split(jax.random.PRNGKey(seed), len(_SHAPES))
    weights: Weights = {}
    for key, (layer, shape) in zip(keys, _SHAPES.items(), strict=True):
        scale = np.sqrt(2 / np.prod(shape[1:])) * (0.3 if layer == 6 else 1)
        weights[f"w{layer}"] = jax.random.normal(key, shape) * scale
        weights[f"b{layer}"] = jnp.zeros(shape[0])
    return weights


def steps_of(weights: Weights, strips: jax.Array, key: jax.Array | None = None) -> jax.Array:
    """Scores of the eleven classes at each step along strips; with a key some of what was seen is dropped."""

    def layer(number: int, x: jax.Array) -> jax.Array:
        (down, across) = _ROOMS[number]
        around = ((down, down), (across, across))
        order = ("NHWC", "OIHW", "NHWC")
        x = jax.lax.conv_general_dilated(x, weights[f"w{number}"], _STRIDES[number], around, dimension_numbers=order)
        return x + weights[f"b{number}"]

    seen = strips[..., None]
    for number in (1, 2, 3):
        seen = jax.nn.relu(layer(number, seen))
    if key is not None:
        kept = jax.random.bernoulli(key, 0.9, (seen.shape[0], 1, 1, seen.shape[3]))
        seen = seen * kept / 0.9
    seen = jax.nn.relu(layer(4, seen))
    seen = seen + jax.nn.relu(layer(5, seen))
    return layer(6, seen)[:, 0]


def loss(
    weights: Weights,
    strips: jax.Array,
    figures: jax.Array,
    counts: jax.Array,
    places: jax.Array,
    share: jax.Array,
    key: jax.Array,
) -> jax.Array:
    """What training makes small: the figures at their places (this share of it), and their order alone (CTC)."""
    scores = steps_of(weights, strips, key)
    logs = jax.nn.log_softmax(scores)
    placed = -jnp.take_along_axis(logs, places[..., None], 2)[..., 0] * jnp.where(places > 0, 2.0, 1.0)
    absent = (jnp.arange(MOST)[None] >= counts[:, None]).astype(jnp.float32)
    ordered = optax.ctc_loss(scores, jnp.zeros(scores.shape[:2]), figures, absent).mean()
    return share * placed.sum(1).mean() + (1 - share) * ordered


def write_onnx(weights: Weights, path: Path) -> None:
    """Write the network; input `strip` (1, 32, columns), output `steps`: logarithms of probabilities."""
    from onnx import TensorProto, checker, helper, numpy_helper, save_model

    def constant(name: str, value: NDArray[np.generic]) -> object:
        return numpy_helper.from_array(np.asarray(value), name)

    kept = [constant(name, np.asarray(value, np.float32)) for name, value in weights.items()]
    kept += [constant("one", np.array([1], np.int64)), constant("two", np.array([2], np.int64))]
    nodes = [helper.make_node("Unsqueeze", ["strip", "one"], ["x0"])]
    for number, (down, across) in _ROOMS.items():
        before = f"x{number - 1}"
        nodes.append(
            helper.make_node(
                "Conv",
                [before, f"w{number}", f"b{number}"],
                [f"c{number}"],
                strides=_STRIDES[number],
                pads=(down, across, down, across),
            )
        )
        if number < 6:
            nodes.append(helper.make_node("Relu", [f"c{number}"], [f"r{number}" if number == 5 else f"x{number}"]))
        if number == 5:
            nodes.append(helper.make_node("Add", ["x4", "r5"], ["x5"]))
    nodes += [
        helper.make_node("Squeeze", ["c6", "two"], ["scores"]),
        helper.make_node("Transpose", ["scores"], ["along"], perm=(0, 2, 1)),
        helper.make_node("LogSoftmax", ["along"], ["steps"], axis=2),
    ]
    strip = helper.make_tensor_value_info("strip", TensorProto.FLOAT, [1, 32, "columns"])
    steps = helper.make_tensor_value_info("steps", TensorProto.FLOAT, [1, "steps", 11])
    graph = helper.make_graph(nodes, "figures", [strip], [steps], kept)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    checker.check_model(model)
    save_model(model, path)
