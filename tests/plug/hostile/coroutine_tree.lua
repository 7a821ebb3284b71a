-- expect: no global 'coroutine'
return riskwheel.threat { api = 1, name = "coroutine_tree", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    local function grow(n)
      for _ = 1, 10 do coroutine.wrap(grow)(n + 1) end
    end
    grow(1)
  end,
}
