-- expect: no global 'require'
return riskwheel.threat { api = 1, name = "require_os", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    require "../os"
  end,
}
