"""Why a training missed an accuracy: from its curves and its settings, or not at all."""

from grader.diagnosis.records import Curves, Diagnosis, Symptom, TrainingSettings
from grader.diagnosis.rules import diagnose

__all__ = ["Curves", "Diagnosis", "Symptom", "TrainingSettings", "diagnose"]
