#!/bin/bash
# Grades a class on a cluster: an array of jobs, one a part, and one more that puts the parts together.
#
#   ./submit.sh CLASS OUTPUT PARTS          for a class of 1000: ./submit.sh class graded 20
#
# The folders are on a file system that all nodes share. `moebi`, `elixir` and `bwrap` are on PATH there, or come with a
# module that you load first. Submitted again, it goes on with what was done; another number of parts wants another
# OUTPUT.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
class=$(realpath "$1") parts=$3
mkdir -p "$2"
output=$(realpath "$2")

array=$(sbatch --parsable --array="1-$parts" "$here/part.sh" "$class" "$output/parts" "$parts")
sbatch --parsable --dependency="afterok:$array" "$here/merge.sh" "$output/parts" "$output/graded"
