"""Football data into calibrated, coherent, explained and audited betting prices."""

__version__ = "0.1.0"
