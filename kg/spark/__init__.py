"""The same build on Apache Spark, for inputs past one machine; begin with ``run.py``.

Nothing else in the package knows Spark: a partition of the input is read, mapped and validated by
the functions that the local build calls.
"""

from kg.spark.run import build_with_spark

__all__ = ["build_with_spark"]
