"""Tests of the sample disclosures and of the typesetter that sets them."""
