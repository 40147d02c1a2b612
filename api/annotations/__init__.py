"""Published verdicts by the W3C Web Annotation Protocol: containers, pages, annotations."""
