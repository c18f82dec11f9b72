"""How a drawn image is held in memory."""

import numpy as np
from numpy.typing import NDArray

# Height, width, channels; values from 0 to 255.
Pixels = NDArray[np.uint8]
