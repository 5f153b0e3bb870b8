"""Products of matrices: on the encoder's own threads, and in which arithmetic.

The threads behind numpy's products (OpenBLAS) wait for more work by spinning for some 25 ms. On few cores they take
them away from what comes next: behind one such product, sentences were read together with the question in 57 ms, and
in 24 without (two cores, 2026).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def in_bfloat16() -> bool:
    """Return whether this processor multiplies bfloat16 in hardware; elsewhere float32 is quicker."""
    import torch

    return torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()


def product(left: NDArray[Any], right: NDArray[Any]) -> NDArray[np.float32]:
    """Return `left @ right` in float32; `left` is a matrix, `right` a matrix or a vector."""
    import torch

    with torch.inference_mode():
        sides = (torch.from_numpy(np.require(side, np.float32, "W")) for side in (left, right))
        result: NDArray[np.float32] = torch.matmul(*sides).numpy()
    return result
