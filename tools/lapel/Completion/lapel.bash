# Completion of lapel for bash. For this shell: eval "$(lapel completion bash)"
# For good: lapel completion bash > ~/.local/share/bash-completion/completions/lapel

_lapel() {
    local current=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT} word
    line="lapel${line#*"$1"}"
    COMPREPLY=()
    while IFS= read -r word; do
        # Options only where one is begun: else they would hide the files that most commands take.
        if [[ $word == "$current"* && ($word != -* || $current == -*) ]]; then
            COMPREPLY+=("$word")
        fi
    done < <("$1" "[suggest:${#line}]" "$line" 2>/dev/null)
}

# Where lapel has nothing to offer, bash offers files.
complete -o bashdefault -o default -F _lapel lapel
