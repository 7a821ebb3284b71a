-- expect: ran more than
return riskwheel.threat { api = 1, name = "gc_set_later", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local m = {}
    local x = setmetatable({}, m)
    m.__gc = function() while true do end end
    x = m
    while true do local _ = { x } end
  end,
}
