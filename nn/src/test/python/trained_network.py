#!/usr/bin/python3
"""Trains a small network and saves it, as a user of PyTorch would, for the tests that load it.

Needs PyTorch, as golden_values.py does. Writes the state of the network, that of further modules
under "others.", and for each some inputs with the outputs in inference. The file is laid out here by
hand; safetensors.torch.save_file(tensors, path) writes the like.
"""

import json
import pathlib
import struct

import torch
from torch import nn

TARGET = pathlib.Path(__file__).resolve().parent.parent / "resources/org/lanewise/nn/network"


def train(model, inputs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(20):
        x = torch.randn(16, inputs) * 2 + 1
        loss = (model(x) - x[:, :3].tanh()).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.eval()


def save(tensors, path):
    header, data = {}, b""
    for name, tensor in tensors.items():
        tensor = tensor.detach().contiguous()
        start = len(data)
        data += tensor.numpy().tobytes()
        dtype = {torch.float32: "F32", torch.int64: "I64"}[tensor.dtype]
        header[name] = {
            "dtype": dtype,
            "shape": list(tensor.shape),
            "data_offsets": [start, len(data)],
        }
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    torch.manual_seed(1)
    model = train(nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3)), 4)
    others = train(nn.Sequential(nn.Linear(4, 6), nn.LayerNorm(6), nn.PReLU(6), nn.Linear(6, 3)), 4)
    embedding = nn.Embedding(5, 3)
    x, rows = torch.randn(6, 4), torch.tensor([[0], [3], [4]])
    tensors = dict(model.state_dict())
    tensors |= {f"others.{name}": tensor for name, tensor in others.state_dict().items()}
    tensors |= {f"embedding.{name}": tensor for name, tensor in embedding.state_dict().items()}
    tensors |= {"test.x": x, "test.y": model(x), "test.others": others(x)}
    tensors |= {"test.rows": rows, "test.embedded": embedding(rows)}
    save(tensors, TARGET / "pytorch.safetensors")


if __name__ == "__main__":
    main()
