-- expect: syntax error near 'is'
this is no plugin
