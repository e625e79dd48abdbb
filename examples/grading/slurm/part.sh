#!/bin/bash
#SBATCH --job-name=moebi-grade
#SBATCH --cpus-per-task=8
#SBATCH --mem=16G
#SBATCH --time=02:00:00
#SBATCH --requeue
#SBATCH --signal=TERM@60
# One part of the class; what was done when its time is up is kept. Called by submit.sh.
set -euo pipefail
class=$1 parts=$2 count=$3 part=$SLURM_ARRAY_TASK_ID
mkdir -p "$parts"
# 1: something that was handed in can't be read. The report says what.
srun moebi grade "$class" --output "$parts/$part" --partition "$part/$count" --resume --isolation strict || [ $? -eq 1 ]
