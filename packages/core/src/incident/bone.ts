import { type Path, type Problem, problem } from '../problem/index.ts'

/** The bones that every fishbone has. None of them is a person: that would end the search where it begins. */
export const BONES = ['change', 'design', 'capacity', 'dependency', 'detection', 'process'] as const

const LONGEST_NAME = 40

/** Words that make a bone one of people, whatever stands beside them. */
const PEOPLE = new Set(
  (
    'person persons people human humans man men manpower operator operators staff employee employees personnel ' +
    'engineer engineers developer developers individual individuals member members user-error culprit blame'
  ).split(' '),
)
const PEOPLE_JA =
  /担当|作業者|作業員|要員|社員|職員|個人|本人|当人|ヒト|ヒューマン|オペレーター?|開発者|エンジニア|メンバー/u
/** 人 stands in words that are not about people as well. */
const PERSON_JA = /(?<![無法])人(?![工気口])/u

/** Why a bone is refused: nobody can read its name, or it names people. Defaults are always fine. */
export function checkBone(name: string, path: Path): readonly Problem[] {
  const plain = name.normalize('NFKC').trim()
  if (plain.length === 0 || plain.length > LONGEST_NAME) {
    const got = plain.length === 0 ? 'nothing' : `${plain.length}`
    return [
      problem('BONE_NAME', path, `Expected the name of a bone to have 1 to ${LONGEST_NAME} characters, got ${got}`),
    ]
  }
  if (!isOfPeople(plain)) return []
  const message = `Expected a bone that is not a person, got "${plain}": a cause that ends at a person cannot be fixed, what made the act likely can`
  const hint = `ask why it was easy to do; that is ${BONES.join(', ')}, or a bone of your own`
  return [problem('BONE_PERSON', path, message, { part: 'key', hint })]
}

function isOfPeople(name: string): boolean {
  const words = name.toLowerCase().split(/[^\p{Letter}\p{Number}]+/u)
  return words.some((word) => PEOPLE.has(word)) || PEOPLE_JA.test(name) || PERSON_JA.test(name)
}
