-- expect: ran more than
return riskwheel.threat { api = 1, name = "pcall_nested", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local function f() while true do pcall(f) end end
    while true do pcall(f) end
  end,
}
