"""Synthetic spines and painted lesions whose truth is known exactly."""
