"""The least that Metaflow runs: one step that does nothing."""
from metaflow import FlowSpec, step


class Nothing(FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Nothing()
