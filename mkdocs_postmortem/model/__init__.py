"""What a postmortem is: plain values that know only each other and the standard library.

The record, its timeline, tasks, sections and times, and the problems that readers and rules find.
``Problem`` is here and not next to the rules because readers report too, and they come first.
"""
