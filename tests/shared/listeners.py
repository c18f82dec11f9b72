"""Callbacks as students write them: some listen to logs, some need a model that trains here."""
# ruff: noqa: ARG002, T201, F821
# mypy: disable-error-code="misc,name-defined"

from typing import Any

from keras import callbacks

network: Any = None


class Records(callbacks.Callback):
    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Any] = []

    def on_train_begin(self, logs: Any = None) -> None:
        self.calls.append("begin")

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.calls.append(epoch)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.calls.append(logs)

    def on_train_end(self, logs: Any = None) -> None:
        self.calls.append("end")


class Stops(callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if (logs or {}).get("accuracy", 0) > 0.65:
            print("enough")
            self.model.stop_training = True


class Breaks(callbacks.Callback):
    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        raise self.error


class Steps(callbacks.Callback):
    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        print(batch)


class Validates(callbacks.Callback):
    def on_test_end(self, logs: Any = None) -> None:
        print(logs)


class Rates(callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.model.optimizer.learning_rate = 0.1


class Looks(callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        print(len(self.model.layers))


class Other(callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        print(self.model.name)


class Keeps(callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        kept = self.model
        kept.stop_training = True


class Nested(callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        def inner() -> Any:
            return self.model.predict([1])

        inner()


class Inherits(Rates):
    pass


class Holds(callbacks.Callback):
    def __init__(self, classifier: Any) -> None:
        super().__init__()
        self.classifier = classifier


class Global(callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        model.stop_training = True


class GlobalOther(callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        print(network.name)


class Patient(callbacks.EarlyStopping):
    pass


class Calculates(callbacks.Callback):
    target = 0.9

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        found = {name: round(value, 3) for name, value in (logs or {}).items()}
        if found.get("accuracy", 0.0) >= self.target and not self.model.stop_training:
            print(f"{epoch}: {found}")
            self.model.stop_training = True

    @property
    def half(self) -> float:
        return self.target / 2


class Helped(callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        report()


def report() -> None:
    print(network.predict([1]))


class Contains(callbacks.Callback):
    def __init__(self) -> None:
        super().__init__()
        self.classifiers = [network]

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        print(self.classifiers[0].name)


class AtTheEnds(callbacks.Callback):
    def on_train_begin(self, logs: Any = None) -> None:
        self.model.summary()

    def on_train_end(self, logs: Any = None) -> None:
        self.model.save("model.keras")


class Warms(callbacks.Callback):
    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        self.model.optimizer.learning_rate = 0.1 * (batch + 1)


class Watches(callbacks.Callback):
    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        print(self.model.name, float(self.model.optimizer.learning_rate.numpy()))
        if logs and logs["loss"] > 100:
            self.model.stop_training = True


class Method(callbacks.Callback):
    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.keep()

    def keep(self) -> None:
        self.model.save_weights("model.weights.h5")


class Weighs(callbacks.Callback):
    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self.weigh()

    def weigh(self) -> None:
        print(self.model.get_weights()[0].mean())


class Assigns(callbacks.Callback):
    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.model.optimizer.learning_rate.assign(0.1)


class Swaps(callbacks.SwapEMAWeights):
    pass
