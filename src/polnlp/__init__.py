"""polnlp reads political articles.

The data's way: article → paragraphs → mentions → entities → topic and stance → report → graph.
"""
