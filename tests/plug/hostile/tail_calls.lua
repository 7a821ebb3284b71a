-- expect: ran more than
return riskwheel.threat { api = 1, name = "tail_calls", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local function f() return f() end
    f()
  end,
}
