#!/bin/bash
#SBATCH --job-name=moebi-merge
#SBATCH --time=00:10:00
# Puts the parts together; a missing one is refused. Called by submit.sh.
set -euo pipefail
moebi grade merge "$1"/* --output "$2" || [ $? -eq 1 ]
