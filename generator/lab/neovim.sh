#!/usr/bin/env bash
# Records screens of the language server in Neovim as text, with the configuration in the book.
#   generator/lab/neovim.sh [SPECWRIGHT]
set -euo pipefail
program="$(realpath "${1:-target/release/specwright}")"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
work="$(mktemp --directory)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$program" "$work/bin/specwright"
# The lines between the fences after "Neovim" are the configuration.
awk '/^## Neovim/ { found = 1 } found && /^```$/ { exit } lua { print } found && /^```lua$/ { lua = 1 }' \
    "$root/generator/book/src/editors.md" > "$work/init.lua"
sed -e 's/: object/: objekt/' "$root/spec/workspaces.yaml" | grep -v yaml-language-server > "$work/workspaces.yaml"
cat > "$work/drive.lua" <<'LUA'
-- Drives the editor. Each step waits for what the server sends, then prints the screen or what is in it.
local out = io.open(vim.env.RECORDING, 'w')
local function say(text) out:write(text .. '\n') end
local function wait(what) return vim.wait(20000, what, 20) end
local function screen(title)
  vim.cmd('redraw!')
  say('── ' .. title .. ' ' .. string.rep('─', 60 - #title))
  for row = 1, vim.o.lines do
    local line = {}
    for column = 1, vim.o.columns do line[column] = vim.fn.screenstring(row, column) end
    say((table.concat(line):gsub('%s+$', '')))
  end
end
local function floats()
  local is_float = function(window) return vim.api.nvim_win_get_config(window).relative ~= '' end
  return vim.tbl_filter(is_float, vim.api.nvim_list_wins())
end
local function drive()
vim.cmd('edit workspaces.yaml')
wait(function() return #vim.diagnostic.get(0) > 0 end)
local function goto_text(text) vim.fn.cursor(1, 1); vim.fn.search('\\V' .. text, 'c'); vim.cmd('normal! zt') end
goto_text('type: objekt')
screen('a mistake as it is typed')
local range = vim.lsp.util.make_range_params()
range.context = { diagnostics = {}, only = { 'quickfix' } }
vim.cmd('normal! 6l')
range.range['end'] = vim.lsp.util.make_range_params().range['end']
local responses = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', range, 10000)
for _, response in pairs(responses or {}) do
  say('offered: ' .. response.result[1].title)
  vim.lsp.util.apply_workspace_edit(response.result[1].edit, 'utf-16')
end
vim.wait(1500)
screen('the quick fix is applied')
goto_text("FacebookAccount'")
vim.cmd('normal! 0fF')
vim.lsp.buf.hover()
wait(function() return #floats() > 0 end)
screen('hover on a reference, with the text of its window')
for _, window in ipairs(floats()) do
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, 12, false)
  say('│ ' .. table.concat(lines, '\n│ '))
  vim.api.nvim_win_close(window, true)
end
vim.lsp.buf.definition()
vim.wait(1000)
vim.cmd('normal! zt')
screen('go to definition')
end
local fine, fault = pcall(drive)
if not fine then say(fault) end
out:close()
vim.cmd('qall!')
LUA
cd "$work"
PATH="$work/bin:$PATH" RECORDING="$work/recording.txt" \
    timeout 120 nvim --headless --clean -n -u init.lua -c 'set lines=16 columns=100' -S drive.lua
cat recording.txt
