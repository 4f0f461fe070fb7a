" Vim syntax file for Weft, generated from its vocabulary.
if exists("b:current_syntax")
  finish
endif

syntax match weftLabel "^\s*\zs\w\+\ze:\%(=\)\@!"
syntax match weftFunction "\<\w\+\ze("
syntax match weftNumber "\<\d\+\>"
syntax match weftOperator "<=>\|:=\|+=\|-=\|=>\|||\|&&\|==\|!=\|!\|<>\|<=\|>=\|<\|>\|\~>\|@\|=\|\.\.\|'\|+\|-\|\*\|\/\|%\|?"
syntax keyword weftStatement acquire release downgrade await assert skip if then else while loop break continue for either or pick return goto atomic cost ghost var try let forall exists count sum
syntax keyword weftWordOperator in subset union intersect minus not with
syntax keyword weftConstant true false null
syntax keyword weftType bool
syntax match weftType "\<\%(set\|seq\)\ze\s\+of\>"
syntax match weftHelper "\<\%(of\|where\|ref\|holds\|when\|result\|violated\|reachable\|unreachable\|states\|transitions\|depth\|before\|after\|at\|start\|any\|read\|seq\|upto\)\>"
syntax match weftDeclaration "^\s*\zs\%(\%(spec\|patch\|param\|const\|assume\|symmetric\|type\|enum\|init\|spinlock\|mutex\|rwsem\|fn\|def\|daemon\|fair\|strongly\|process\|action\|invariant\|step\|property\|cover\|terminal\|observe\|expect\|use\|set\|replace\|remove\|edit\)\s\+\)\+\ze[A-Za-z_\"]"
syntax region weftString start=+"+ end=+"+ oneline
syntax match weftComment "//.*$" contains=@Spell
syntax match weftText "///.*$" contains=@Spell

highlight default link weftLabel Label
highlight default link weftFunction Function
highlight default link weftNumber Number
highlight default link weftOperator Operator
highlight default link weftStatement Statement
highlight default link weftWordOperator Operator
highlight default link weftConstant Constant
highlight default link weftType Type
highlight default link weftHelper Keyword
highlight default link weftDeclaration Structure
highlight default link weftString String
highlight default link weftComment Comment
highlight default link weftText SpecialComment

let b:current_syntax = "weft"
