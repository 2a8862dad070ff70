"""One reviewed YAML file per incident becomes a public record that customers can read, subscribe to, query and check.

The package is laid out in layers that ARCHITECTURE.md draws: an import only ever points down. Nothing is imported
here, so that starting the command stays fast.
"""

__version__ = "0.1.0"
