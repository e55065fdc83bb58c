"""In which precision matrices are multiplied in training: bfloat16 where a processor has instructions for it."""

from functools import cache

import torch

NATIVE = ("avx512_bf16", "amx_bf16", "arm_bf16", "sve_bf16")
"""Without one of these a CPU goes by way of float32 and back: three times as slow as float32 from the beginning
(`python -m training.study.precision`)."""


def autocast(device_type: str) -> torch.autocast:
    """device_type: "cpu", "cuda", …"""
    return torch.autocast(device_type, dtype=torch.bfloat16, enabled=device_type != "cpu" or cpu_has_bfloat16())


@cache
def cpu_has_bfloat16() -> bool:
    capabilities = torch.cpu.get_capabilities()
    return any(capabilities.get(name) for name in NATIVE)
