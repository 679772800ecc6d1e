# The git steps of an agent at work, one line of stdout for each that fails. $1: a folder for files of its own.
set -u
own=$1
step() {
  name=$1
  shift
  if ! "$@" >"$own/out" 2>&1; then
    echo "failed: $name: $(head -c 400 "$own/out" | tr '\n' ' ')"
  fi
}
edit() { echo "$2" >>"$1"; }
export GIT_EDITOR=true GIT_MERGE_AUTOEDIT=no
run_branch=$(git symbolic-ref --short HEAD)
start=$(git rev-parse HEAD)

step status git status
step status-porcelain git status --porcelain=v2 --branch
step rev-parse git rev-parse --show-toplevel --git-dir --git-common-dir
step config-read git config --get remote.origin.url
step config-user git config user.name Agent
step config-mail git config user.email agent@example.org
step log git log --oneline -5
step log-all git log --all --oneline
step show git show HEAD --stat
step blame git blame a.txt
step branch-list git branch -a -v
step remote-list git remote -v
step ls-files git ls-files -s
step grep git grep -n one
edit a.txt two
step diff git diff --exit-code --quiet --no-ext-diff -- b.txt
step diff-stat git diff --stat
step add git add a.txt
step diff-cached git diff --cached
step restore-staged git restore --staged a.txt
step stash git stash
step stash-list git stash list
step stash-pop git stash pop
step commit git commit -qam 'work of the agent'
step amend git commit -q --amend --no-edit
step tag git tag -a -m mark mark
step tag-delete git tag -d mark
step describe git describe --tags --always
step switch-create git switch -qc topic
edit b.txt more
step commit-topic git commit -qam 'work on a topic'
step switch-back git switch -q -
step merge git merge -q --no-ff topic
step branch-rename git branch -m topic topic2
step branch-delete git branch -D topic2
step switch-second git switch -qc second HEAD~1
edit c.txt other
step add-all git add -A
step commit-second git commit -qm 'another line'
step rebase git rebase -q "$run_branch"
step switch-run git switch -q "$run_branch"
step merge-ff git merge -q --ff-only second
step revert git revert --no-edit HEAD
step reset-soft git reset -q --soft HEAD~1
step reset-hard git reset -q --hard HEAD
step cherry-pick git cherry-pick --allow-empty --keep-redundant-commits HEAD
step checkout-file git checkout -q "$start" -- a.txt
step checkout-detached git checkout -q --detach HEAD --force
step checkout-run git checkout -q "$run_branch" --force
step fetch git fetch -q origin
step fetch-tags git fetch -q --tags origin main
step worktree-list git worktree list
step worktree-add git worktree add -q --detach "$own/extra" HEAD
step worktree-remove git worktree remove --force "$own/extra"
step bisect-start git bisect start HEAD "$start"
step bisect-reset git bisect reset
step notes git notes add -m note HEAD
step reflog git reflog
step fsck git fsck --connectivity-only
step gc git gc -q --prune=now
step prune git prune
step repack git repack -qad
step pack-refs git pack-refs --all
step maintenance git maintenance run --quiet
step clean git clean -fdq
step rm git rm -q b.txt
step mv git mv c.txt d.txt
step update-index git update-index --refresh
step write-tree git write-tree
step format-patch git format-patch -q -1 -o "$own" HEAD
step archive git archive -o "$own/archive.tar" HEAD
step stash-all git stash -u
step stash-drop git stash drop
