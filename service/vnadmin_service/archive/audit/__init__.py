"""The pages of audits: a sample is drawn, reviewed blind, differences are settled, and a report is taken away."""
