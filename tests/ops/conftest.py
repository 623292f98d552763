from .places import places

__all__ = ["places"]
