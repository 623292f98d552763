// Generated from sessions/live/protocol.py by `make types`; a test fails when this file is stale.

export type Aspect = "hardware" | "software" | "both" | "unsure";
export type Audience = "phone" | "stage" | "console";
export type Consent = "full" | "chatham" | "figures";
export type ItemSource = "card" | "cluster" | "pair" | "option" | "statement" | "place";
export type Picture = "heads" | "equal" | "apart" | "own" | "change";
export type Reason = "name" | "off_topic" | "rude" | "double" | "unknown";
export type SessionKind = "workshop" | "expert" | "interview" | "event" | "open";
export type Shape = "circle" | "diamond" | "triangle" | "square" | "house" | "cross" | "wedge" | "slant";
export type Source = "own" | "scribed" | "imported" | "interview";
export type StepKind = "welcome" | "collect" | "vote" | "question" | "reveal" | "break" | "close";
export type StepState = "planned" | "open" | "closed" | "superseded";
export type Whose = "participant" | "team" | "document";
export type Code = "message.bad" | "message.too_large" | "command.unknown" | "key.missing" | "key.reused" | "hello.first" | "hello.protocol" | "auth.not_allowed" | "auth.signed_out" | "auth.account_closed" | "auth.no_role" | "auth.link_revoked" | "auth.not_joined" | "auth.retired" | "auth.went_on" | "rate.slow_down" | "rate.flooded" | "server.unavailable" | "server.internal" | "session.unknown" | "session.locked" | "join.refused" | "join.full" | "session.archived" | "session.deleted" | "session.no_rehearsal" | "consent.looser" | "consent.changed" | "move.unknown" | "sector.unknown" | "sector.fixed" | "step.unknown" | "step.wrong_kind" | "step.not_open" | "step.closed" | "step.not_closed" | "step.sealed" | "step.revealed" | "seal.too_early" | "seal.count" | "step.has_answers" | "step.not_revealable" | "stage.elsewhere" | "undo.too_late" | "text.empty" | "text.bad_characters" | "text.too_long" | "card.unknown" | "card.limit" | "card.in_vote" | "card.redacted" | "pillar.missing" | "pillar.unknown" | "group.unknown" | "group.missing" | "round.unknown" | "round.closed" | "round.not_open" | "round.empty" | "round.started" | "round.revealed" | "round.not_revealed" | "round.followed" | "result.same" | "result.stands" | "result.waits" | "ballot.empty" | "ballot.number" | "item.unknown" | "item.limit" | "item.is_card" | "item.seen" | "item.document" | "vote.budget_spent" | "vote.value" | "vote.too_many" | "vote.points_spent" | "vote.points_left" | "vote.too_dear" | "vote.place_taken" | "vote.bad_mark" | "participant.unknown" | "agenda.bad" | "agenda.changed" | "agenda.full" | "template.unknown" | "kept.limit" | "crowd.limit" | "crowd.no_address" | "words.twice";
export interface AnswerWords {
  nl: string;
  en: string;
}
export interface Criterion {
  name: CriterionWords;
  low: AnswerWords;
  high: AnswerWords;
}
export interface CriterionWords {
  nl: string;
  en: string;
}
export interface WeightedCriterion {
  name: CriterionWords;
  low: AnswerWords;
  high: AnswerWords;
  weight: number;
}
export interface DotsRules {
  ballot: "dots";
  budget: number | null;
  most: number;
}
export interface ApproveRules {
  ballot: "approve";
  most: number | null;
}
export interface OpinionRules {
  ballot: "opinion";
  agree: AnswerWords;
  disagree: AnswerWords;
  skip: AnswerWords;
  reason: boolean;
}
export interface RatingRules {
  ballot: "rating";
  points: number;
  low: AnswerWords;
  high: AnswerWords;
  unsure: boolean;
}
export interface CriteriaRules {
  ballot: "criteria";
  criteria: WeightedCriterion[];
  points: number;
  unsure: boolean;
}
export interface RankingRules {
  ballot: "ranking";
  places: number;
}
export interface PointsRules {
  ballot: "points";
  total: number;
  whole: boolean;
}
export interface BudgetRules {
  ballot: "budget";
  total: number;
}
export interface MatrixRules {
  ballot: "matrix";
  across: Criterion;
  up: Criterion;
  points: number;
}
export interface PairwiseRules {
  ballot: "pairwise";
  pairs: number;
  each: number | null;
}
export interface ChoiceRules {
  ballot: "choice";
  most: number;
}
export interface ScaleRules {
  ballot: "scale";
  lowest: number;
  highest: number;
  low: AnswerWords;
  high: AnswerWords;
  unsure: boolean;
}
export interface QuestionOption {
  nl: string;
  en: string;
}
export interface MarkGiven {
  item: string;
  value: number | (number | null)[] | null;
}
export interface NewItem {
  text_nl?: string;
  text_en?: string;
  price?: number | null;
}
export interface StepFields {
  title_nl?: string;
  title_en?: string;
  prompt_nl?: string;
  prompt_en?: string;
  body_nl?: string;
  body_en?: string;
  notes?: string;
  pillar?: string | null;
  subject?: string | null;
  minutes?: number;
  settings?: AnySettings;
}
export interface ClosedDoc {
  step: string;
  round: string | null;
  at: number;
}
export interface MessageDoc {
  id: string;
  text: Words;
  at: number;
}
export interface ProjectorDoc {
  step: string;
  picture: Picture;
  first: string | null;
  held: boolean;
  card: string | null;
  at: number;
}
export interface SealDoc {
  at: number;
  confirmed: number | null;
  of: number | null;
  whole: boolean | null;
}
export interface SessionDoc {
  id: string;
  code: string;
  kind: SessionKind;
  title: Words;
  planned_at: number | null;
  rehearsal: boolean;
  locked: boolean;
  approval: boolean;
  sound: boolean;
  bilingual: boolean;
  now: string | null;
  current: string[] | null;
  closed: ClosedDoc | null;
  over: boolean;
  undo: UndoDoc | null;
  stage: ProjectorDoc | null;
  message: MessageDoc | null;
}
export interface StepDoc {
  id: string;
  kind: StepKind;
  position: number;
  state: StepState;
  title: Words;
  prompt: Words;
  body: Words;
  notes: string | null;
  pillar: string | null;
  subject: string | null;
  round: string | null;
  minutes: number;
  settings: AnySettings;
  revealed: boolean;
  opened_at: number | null;
  closed_at: number | null;
  deadline: number | null;
  paused: number | null;
  sealed: SealDoc | null;
  summary: SaidWordsDoc | null;
  hidden: Record<string, number>;
}
export interface UndoDoc {
  do: string;
  step: string | null;
  until: number;
}
export interface Words {
  nl: string;
  en: string;
}
export interface BehindDoc {
  since: number;
}
export interface ClosingDoc {
  step: string;
  at: number;
  until: number | null;
  of: number;
  confirmed: number;
  sending: number;
  silent: number;
  whole: boolean;
}
export interface ConsoleDoc {
  name: string;
  screens: number;
}
export interface DoneDoc {
  step: string;
  n: number | null;
  of: number | null;
  said: number | null;
  paper: number | null;
}
export interface DoorDoc {
  waiting: number;
  until: number;
  people: RequestDoc[];
}
export interface FloodDoc {
  since: number | null;
  joined: number;
  silent: number;
  quiet: number;
  retired: number;
  retired_at: number | null;
}
export interface HealthDoc {
  read: number;
  commit: number | null;
  storing: boolean;
  bell: string;
  silent_after: number;
}
export interface NowDoc {
  tally?: Record<string, Record<string, number[] | null> | null> | null;
  present?: PresentDoc | null;
  done?: DoneDoc | null;
  room?: RoomDoc | null;
  health?: HealthDoc | null;
  behind?: BehindDoc | null;
}
export interface OpenDoc {
  step: string;
  of: number;
  sending: number;
  silent: number;
  whole: boolean;
}
export interface PresentDoc {
  groups: GroupDoc[];
  total: number | null;
}
export interface RequestDoc {
  id: string;
  tag: string;
  sector: string;
}
export interface RoomDoc {
  people: Record<string, number[]>;
  coverage: Record<string, Record<string, Record<string, number>>>;
  done: number | null;
  pooled: string[];
  here: string[];
  phones: number;
  sending: number;
  waiting: number;
  closing: ClosingDoc | null;
  open: OpenDoc | null;
  consoles: ConsoleDoc[];
  flood: FloodDoc | null;
  door: DoorDoc | null;
}
export interface GroupCardDoc {
  id: string;
  pillar: string;
  aspect: Aspect;
  text: string;
  language: string;
  source: Source;
  rank: number;
}
export interface MemberDoc {
  as: "console";
  name: string;
  role: string;
}
export interface OwnCardDoc {
  id: string;
  step: string;
  pillar: string;
  aspect: Aspect;
  text: string;
  language: string;
  hidden: boolean;
  fixed: boolean;
  at: number;
  reason: Reason | null;
}
export interface OwnGroupDoc {
  id: string;
  step: string;
  number: number;
  people: number;
  cards: GroupCardDoc[];
}
export interface OwnVoteDoc {
  round: string;
  item: string;
  value: number | (number | null)[] | null;
  tap: number;
}
export interface PersonDoc {
  as: "phone";
  tag: string;
  sector: string;
  sector_fixed: boolean;
  retired: boolean;
  seed: number;
  tap: number;
  cards: OwnCardDoc[];
  votes: OwnVoteDoc[];
  done: boolean;
  group: OwnGroupDoc | null;
}
export interface StageDoc {
  as: "stage";
}
export interface CardDoc {
  id: string;
  step: string;
  pillar: string;
  aspect: Aspect;
  sector: string | null;
  text: string;
  language: string;
  source: Source;
  rank: number;
  hidden: boolean;
  at: number | null;
  reason: Reason | null;
  until: number | null;
}
export interface ChanceDoc {
  line: number;
  runs: number;
  seed: number;
}
export interface GroupDoc {
  sectors: string[];
  n: number;
}
export interface ItemDoc {
  id: string;
  card: string | null;
  source: ItemSource;
  pillar: string | null;
  aspect: Aspect | null;
  text: string;
  words: Words | null;
  hidden: boolean;
  rank: number;
  reason: Reason | null;
  price: number | null;
  whose: Whose;
  document: string;
  answered: boolean;
}
export interface MeanDoc {
  mean: number;
  balanced: number | null;
  groups: number[];
  histogram: number[];
}
export interface ResultDoc {
  round: string;
  n: number | null;
  told: Record<string, number>;
  groups: GroupDoc[];
  absent: string[];
  items: ResultItemDoc[];
  late: number;
  both: number | null;
  chance: ChanceDoc | null;
  few: string[];
  scribed: number | null;
}
export interface ResultItemDoc {
  item: string;
  place: number;
  heads_place: number;
  heads: number;
  of: number;
  share: number;
  balanced: number | null;
  group_heads: number[];
  group_of: number[];
  shares: number[];
  spread: number | null;
  differs: boolean | null;
  told: Record<string, number>;
  means: MeanDoc[];
}
export interface RoundDoc {
  id: string;
  step: string;
  number: number;
  ballot: string;
  rules: DotsRules | ApproveRules | OpinionRules | RatingRules | CriteriaRules | RankingRules | PointsRules | BudgetRules | MatrixRules | PairwiseRules | ChoiceRules | ScaleRules | null;
  open: boolean;
  closed: boolean;
  revealed: boolean;
  seen: boolean;
  fixes_sector: boolean;
  items: ItemDoc[];
}
export interface SaidWordDoc {
  text: string;
  n: number;
}
export interface SaidWordsDoc {
  people: number | null;
  words: SaidWordDoc[];
  others: number;
  mentions: number;
}
export interface SectorDoc {
  id: string;
  key: string;
  shape: Shape;
  name: Words;
  hint: Words;
  letter: Words;
}
export interface PillarDoc {
  id: string;
  number: number;
  name: Words;
  short: Words;
}
export interface ProgrammeDoc {
  slug: string;
  name: Words;
  threshold: number;
}
export interface ParticipantDoc {
  id: string;
  tag: string;
  sector: string;
  source: Source;
  retired: boolean;
  rounds: string[];
}
export interface SnapshotDoc {
  programme: ProgrammeDoc;
  session: SessionDoc;
  sectors: SectorDoc[];
  pillars: PillarDoc[];
  steps: StepDoc[];
  cards: CardDoc[];
  rounds: RoundDoc[];
  results: ResultDoc[];
  participants: ParticipantDoc[];
  now: NowDoc;
}
export interface EarlierDoc {
  epoch: string;
  number: number;
  pages: number;
  steps: StepDoc[];
  rounds: RoundDoc[];
  results: ResultDoc[];
}
export interface SessionPut {
  type: "session.put";
  seq: number;
  session: SessionDoc;
}
export interface StepPut {
  type: "step.put";
  seq: number;
  step: StepDoc;
}
export interface StepGone {
  type: "step.gone";
  seq: number;
  step: string;
}
export interface StepRevealed {
  type: "step.revealed";
  seq: number;
  step: StepDoc;
  cards: CardDoc[];
  round: RoundDoc | null;
  result: ResultDoc | null;
}
export interface StepConcealed {
  type: "step.concealed";
  seq: number;
  step: StepDoc;
  cards_gone: boolean;
  round: RoundDoc | null;
}
export interface CardPut {
  type: "card.put";
  seq: number;
  card: CardDoc;
}
export interface CardGone {
  type: "card.gone";
  seq: number;
  card: string;
}
export interface MarksPut {
  type: "marks.put";
  seq: number;
  sector: string;
  cards: string[];
}
export interface RoundPut {
  type: "round.put";
  seq: number;
  round: RoundDoc;
}
export interface RoundGone {
  type: "round.gone";
  seq: number;
  round: string;
}
export interface ItemPut {
  type: "item.put";
  seq: number;
  round: string;
  item: ItemDoc;
}
export interface ItemGone {
  type: "item.gone";
  seq: number;
  round: string;
  item: string;
}
export interface ResultPut {
  type: "result.put";
  seq: number;
  result: ResultDoc;
}
export interface ParticipantPut {
  type: "participant.put";
  seq: number;
  participant: ParticipantDoc;
}
export interface OwnCardPut {
  type: "you.card";
  seq: number;
  card: OwnCardDoc;
}
export interface OwnCardGone {
  type: "you.card_gone";
  seq: number;
  card: string;
}
export interface OwnVotePut {
  type: "you.vote";
  seq: number;
  vote: OwnVoteDoc;
  sector_fixed: boolean;
}
export interface OwnVoteGone {
  type: "you.vote_gone";
  seq: number;
  round: string;
  item: string;
}
export interface OwnPut {
  type: "you.put";
  seq: number;
  sector: string;
  sector_fixed: boolean;
  retired: boolean;
}
export interface OwnStepEmptied {
  type: "you.step_emptied";
  seq: number;
  step: string;
  rounds: string[];
}
export interface OwnDonePut {
  type: "you.done";
  seq: number;
  done: boolean;
}
export interface OwnGroupPut {
  type: "you.group";
  seq: number;
  group: OwnGroupDoc | null;
}
export interface OwnGroupCardPut {
  type: "you.group_card";
  seq: number;
  card: GroupCardDoc;
}
export interface OwnGroupCardGone {
  type: "you.group_card_gone";
  seq: number;
  card: string;
}
export interface OwnMemberPut {
  type: "you.member";
  seq: number;
  member: MemberDoc;
}
export interface Envelope {
  id: number;
  do: string;
  key?: string | null;
  with?: unknown;
}
export interface Hello {
  protocol: number;
  lang: "en" | "nl";
  epoch?: string | null;
  seq?: number | null;
}
export interface HeldAnswers {
  step: string;
  at: number;
  held: number;
}
export interface Ping {
  waiting?: number;
  left?: HeldAnswers | null;
}
export interface Error {
  code: Code;
  message: string;
  retry: boolean;
  fields: Record<string, number | string>;
}
export interface Refusal {
  re: number | null;
  error: Error;
}
export interface Done {
  seq: number;
  id: string | null;
}
export interface Reply {
  re: number;
  ok: Done;
}
export interface Pong {
  time: number;
}
export interface PongReply {
  re: number;
  ok: Pong;
}
export interface Welcome {
  you: PersonDoc | MemberDoc | StageDoc;
  epoch: string;
  ping: number;
  time: number;
  seq: number;
  snapshot?: SnapshotDoc | null;
  events?: (SessionPut | StepPut | StepGone | StepRevealed | StepConcealed | CardPut | CardGone | MarksPut | RoundPut | RoundGone | ItemPut | ItemGone | ResultPut | ParticipantPut)[] | null;
  now?: NowDoc | null;
}
export interface WelcomeReply {
  re: number;
  ok: Welcome;
}
export interface SharedFrame {
  from: number;
  to: number;
  events: (SessionPut | StepPut | StepGone | StepRevealed | StepConcealed | CardPut | CardGone | MarksPut | RoundPut | RoundGone | ItemPut | ItemGone | ResultPut | ParticipantPut)[];
}
export interface OwnFrame {
  you: (OwnCardPut | OwnCardGone | OwnVotePut | OwnVoteGone | OwnPut | OwnDonePut | OwnStepEmptied | OwnGroupPut | OwnGroupCardPut | OwnGroupCardGone | OwnMemberPut)[];
  to: number;
}
export interface NowFrame {
  now: NowDoc;
  at: number;
}
export interface ReconnectNotice {
  bye: string;
  after: number;
}
export interface PollRequest {
  say?: unknown[];
  have?: number | null;
  end?: boolean;
}
export interface PollResponse {
  have: number;
  frames: unknown[];
  closed: number | null;
}
export type WelcomeSettings = object;
export interface CollectSettings {
  silent: boolean;
  max_cards: number;
  practice: boolean;
}
export interface VoteSettings {
  live: boolean;
  practice: boolean;
  rules: DotsRules | ApproveRules | OpinionRules | RatingRules | CriteriaRules | RankingRules | PointsRules | BudgetRules | MatrixRules | PairwiseRules | ChoiceRules | ScaleRules;
}
export interface QuestionSettings {
  mode: "choice" | "qa" | "scale" | "words";
  most: number;
  live: boolean;
  approve: boolean;
  practice: boolean;
  options: QuestionOption[];
  rules: ChoiceRules | ScaleRules;
}
export type RevealSettings = object;
export type BreakSettings = object;
export type CloseSettings = object;
export interface WriteCard {
  step: string;
  text: string;
  aspect: Aspect;
  lang: "en" | "nl";
  pillar?: string | null;
}
export interface EditCard {
  card: string;
  text?: string | null;
  aspect?: Aspect | null;
  pillar?: string | null;
}
export interface WithdrawCard {
  card: string;
}
export interface CastVote {
  round: string;
  item: string;
  value: number | (number | null)[] | null;
  tap: number;
  marks?: MarkGiven[];
}
export interface SayDone {
  step: string;
  on: boolean;
}
export interface ChangeSector {
  sector: string;
}
export interface OpenStep {
  step: string;
}
export interface CloseStep {
  step: string;
}
export interface RevealStep {
  step: string;
}
export interface SealStep {
  step: string;
  confirmed?: number | null;
  of?: number | null;
  whole?: boolean;
}
export interface UndoStep {
  until?: number;
}
export interface AddTime {
  step: string;
  seconds: number;
}
export interface PauseClock {
  step: string;
}
export interface StartClock {
  step: string;
}
export interface ShowStage {
  step: string;
  picture?: Picture;
  first?: string | null;
  held?: boolean;
  card?: string | null;
}
export interface PutMessage {
  text_nl?: string;
  text_en?: string;
}
export interface RemoveMessage {
  message: string;
}
export interface RedactCard {
  card: string;
  reason: "double" | "name" | "off_topic" | "rude";
}
export interface RestoreCard {
  card: string;
}
export interface ClassifyCard {
  card: string;
  pillar?: string | null;
  aspect?: Aspect | null;
}
export interface ScribeCard {
  step: string;
  text: string;
  aspect: Aspect;
  sector: string;
  lang: "en" | "nl";
  pillar?: string | null;
}
export interface TickCard {
  round: string;
  card: string;
  on: boolean;
}
export interface AddItems {
  round: string;
  items: NewItem[];
  whose?: Whose;
  document?: string;
  source?: "option" | "statement";
}
export interface CarryItems {
  round: string;
  of: string;
  items?: string[] | null;
}
export interface EditItem {
  round: string;
  item: string;
  text_nl?: string;
  text_en?: string;
  price?: number | null;
  whose?: Whose;
  document?: string;
}
export interface MoveItem {
  round: string;
  item: string;
  after?: string | null;
}
export interface RemoveItems {
  round: string;
  items: string[];
}
export interface RedactItem {
  item: string;
  reason: "double" | "name" | "off_topic" | "rude";
}
export interface RestoreItem {
  item: string;
}
export interface AddRound {
  step: string;
  items?: string[] | null;
}
export interface RemoveRound {
  round: string;
}
export interface AddBallot {
  round: string;
  sector: string;
  marks: MarkGiven[];
  number?: number | null;
}
export interface EditBallot {
  round: string;
  participant: string;
  sector: string;
  marks: MarkGiven[];
}
export interface RemoveBallot {
  round: string;
  participant: string;
}
export interface PublishRound {
  round: string;
}
export interface RetireParticipant {
  participant: string;
}
export interface RestoreParticipant {
  participant: string;
}
export interface MoveParticipant {
  participant: string;
  sector: string;
}
export interface RetireSilent {
  since: number;
  quiet?: boolean;
}
export interface RestoreSilent {
  at: number;
}
export interface LockSession {
  on: boolean;
}
export interface AdmitRequest {
  request: string;
}
export interface AdmitRequests {
  until: number;
}
export interface RefuseRequest {
  request: string;
}
export interface RefuseRequests {
  until: number;
}
export interface EditSession {
  title_nl?: string;
  title_en?: string;
  kind?: SessionKind;
  planned_at?: number | null;
  approval?: boolean;
  minutes?: number | null;
  invited?: Record<string, number> | null;
  consent?: Consent;
  sound?: boolean;
  bilingual?: boolean;
}
export interface AddStep {
  kind: StepKind;
  title_nl: string;
  title_en: string;
  after?: string | null;
  prompt_nl?: string;
  prompt_en?: string;
  body_nl?: string;
  body_en?: string;
  notes?: string;
  pillar?: string | null;
  subject?: string | null;
  minutes?: number;
  settings?: AnySettings;
}
export interface EditStep {
  step: string;
  title_nl?: string;
  title_en?: string;
  prompt_nl?: string;
  prompt_en?: string;
  body_nl?: string;
  body_en?: string;
  notes?: string;
  pillar?: string | null;
  subject?: string | null;
  minutes?: number;
  settings?: AnySettings;
  was?: StepFields;
}
export interface MoveStep {
  step: string;
  after?: string | null;
}
export interface RemoveStep {
  step: string;
}
export interface ReplaceAgenda {
  template: string;
  steps?: string[];
}
export interface RestoreAgenda {
  steps: string[];
  kind: SessionKind;
  minutes?: number | null;
}
export interface AnswerQuestion {
  round: string;
  item: string;
  on: boolean;
}
export type SharedEvent = SessionPut | StepPut | StepGone | StepRevealed | StepConcealed | CardPut | CardGone | MarksPut | RoundPut | RoundGone | ItemPut | ItemGone | ResultPut | ParticipantPut;
export type OwnEvent = OwnCardPut | OwnCardGone | OwnVotePut | OwnVoteGone | OwnPut | OwnDonePut | OwnStepEmptied | OwnGroupPut | OwnGroupCardPut | OwnGroupCardGone | OwnMemberPut;
export interface PhoneCommands { "card.write": WriteCard; "card.edit": EditCard; "card.withdraw": WithdrawCard; "vote.cast": CastVote; "step.done": SayDone; "sector.change": ChangeSector; }
export interface ConsoleCommands { "step.open": OpenStep; "step.close": CloseStep; "step.reveal": RevealStep; "step.seal": SealStep; "step.undo": UndoStep; "clock.add": AddTime; "clock.pause": PauseClock; "clock.start": StartClock; "stage.show": ShowStage; "message.put": PutMessage; "message.remove": RemoveMessage; "card.redact": RedactCard; "card.restore": RestoreCard; "card.classify": ClassifyCard; "card.scribe": ScribeCard; "card.tick": TickCard; "item.add": AddItems; "item.carry": CarryItems; "item.edit": EditItem; "item.move": MoveItem; "item.remove": RemoveItems; "item.redact": RedactItem; "item.restore": RestoreItem; "round.add": AddRound; "round.remove": RemoveRound; "ballot.add": AddBallot; "ballot.edit": EditBallot; "ballot.remove": RemoveBallot; "round.publish": PublishRound; "participant.retire": RetireParticipant; "participant.restore": RestoreParticipant; "participant.move": MoveParticipant; "participant.retire_silent": RetireSilent; "participant.restore_silent": RestoreSilent; "session.lock": LockSession; "request.admit": AdmitRequest; "request.admit_all": AdmitRequests; "request.refuse": RefuseRequest; "request.refuse_all": RefuseRequests; "session.edit": EditSession; "agenda.add": AddStep; "agenda.edit": EditStep; "agenda.move": MoveStep; "agenda.remove": RemoveStep; "agenda.replace": ReplaceAgenda; "agenda.restore": RestoreAgenda; "question.answer": AnswerQuestion; }
export const CARD_LENGTH = 240;
export const WORD_LENGTH = 40;
export const ITEM_LENGTH = 240;
export const DOCUMENT_LENGTH = 120;
export const MOST_ITEMS = 300;
export const MOST_OPTIONS = 20;
export const ITEMS_AT_ONCE = 100;
export const MOST_PRICE = 1000000000;
export const TITLE_LENGTH = 120;
export const NOTES_LENGTH = 2000;
export const MESSAGE_LENGTH = 160;
export const PROMPT_LENGTH = 300;
export const BODY_LENGTH = 2000;
export const MOST_SIMULATED = 200;
export const SIMULATED_MINUTES = 30;
export const PACES = [
  "slow",
  "normal",
  "fast"
] as const;
export const MOST_MINUTES = 600;
export const GRACE_MS = 30000;
export const UNDO_MS = 10000;
export const EARLIEST = "1970-01-02";
export const LATEST = "2099-12-31";
export interface StepSettings { welcome: WelcomeSettings; collect: CollectSettings; vote: VoteSettings; question: QuestionSettings; reveal: RevealSettings; break: BreakSettings; close: CloseSettings; }
type KeysOf<Each> = Each extends unknown ? keyof Each : never;
type ValueOf<Each, Key extends PropertyKey> = Each extends Record<Key, infer Value> ? Value : never;
type EachSettings = StepSettings[StepKind];
export type AnySettings = { [Key in KeysOf<EachSettings>]?: ValueOf<EachSettings, Key> };
export const DEFAULT_SETTINGS: StepSettings = {
  "welcome": {},
  "collect": {
    "silent": true,
    "max_cards": 20,
    "practice": false
  },
  "vote": {
    "live": false,
    "practice": false,
    "rules": {
      "ballot": "dots",
      "budget": null,
      "most": 1
    }
  },
  "question": {
    "mode": "words",
    "most": 3,
    "live": false,
    "approve": false,
    "practice": false,
    "options": [],
    "rules": {
      "ballot": "choice",
      "most": 1
    }
  },
  "reveal": {},
  "break": {},
  "close": {}
};
export const SETTING_LIMITS: Record<StepKind, Record<string, [number, number]>> = {
  "welcome": {},
  "collect": {
    "max_cards": [
      1,
      100
    ]
  },
  "vote": {},
  "question": {
    "most": [
      1,
      20
    ]
  },
  "reveal": {},
  "break": {},
  "close": {}
};
export type AnyRules = DotsRules | ApproveRules | OpinionRules | RatingRules | CriteriaRules | RankingRules | PointsRules | BudgetRules | MatrixRules | PairwiseRules | ChoiceRules | ScaleRules;
export type BallotKey = AnyRules["ballot"];
export const DEFAULT_RULES: { dots: DotsRules; approve: ApproveRules; opinion: OpinionRules; rating: RatingRules; criteria: CriteriaRules; ranking: RankingRules; points: PointsRules; budget: BudgetRules; matrix: MatrixRules; pairwise: PairwiseRules; choice: ChoiceRules; scale: ScaleRules; } = {
  "dots": {
    "ballot": "dots",
    "budget": null,
    "most": 1
  },
  "approve": {
    "ballot": "approve",
    "most": null
  },
  "opinion": {
    "ballot": "opinion",
    "agree": {
      "nl": "Herken ik",
      "en": "I recognise this"
    },
    "disagree": {
      "nl": "Herken ik niet",
      "en": "I do not recognise this"
    },
    "skip": {
      "nl": "Sla over",
      "en": "Pass"
    },
    "reason": false
  },
  "rating": {
    "ballot": "rating",
    "points": 5,
    "low": {
      "nl": "kan wachten",
      "en": "can wait"
    },
    "high": {
      "nl": "moet er komen",
      "en": "must happen"
    },
    "unsure": true
  },
  "criteria": {
    "ballot": "criteria",
    "criteria": [
      {
        "name": {
          "nl": "Verschil voor het gebied",
          "en": "Difference for the area"
        },
        "low": {
          "nl": "klein",
          "en": "small"
        },
        "high": {
          "nl": "groot",
          "en": "large"
        },
        "weight": 1
      },
      {
        "name": {
          "nl": "Te doen binnen vijf jaar",
          "en": "Can be done in five years"
        },
        "low": {
          "nl": "nee",
          "en": "no"
        },
        "high": {
          "nl": "zeker",
          "en": "certainly"
        },
        "weight": 1
      }
    ],
    "points": 5,
    "unsure": true
  },
  "ranking": {
    "ballot": "ranking",
    "places": 3
  },
  "points": {
    "ballot": "points",
    "total": 100,
    "whole": false
  },
  "budget": {
    "ballot": "budget",
    "total": 1000000
  },
  "matrix": {
    "ballot": "matrix",
    "across": {
      "name": {
        "nl": "Hoe haalbaar is het?",
        "en": "How feasible is it?"
      },
      "low": {
        "nl": "lastig",
        "en": "difficult"
      },
      "high": {
        "nl": "goed haalbaar",
        "en": "feasible"
      }
    },
    "up": {
      "name": {
        "nl": "Hoeveel effect heeft het?",
        "en": "How much effect has it?"
      },
      "low": {
        "nl": "weinig effect",
        "en": "little effect"
      },
      "high": {
        "nl": "veel effect",
        "en": "much effect"
      }
    },
    "points": 5
  },
  "pairwise": {
    "ballot": "pairwise",
    "pairs": 15,
    "each": null
  },
  "choice": {
    "ballot": "choice",
    "most": 1
  },
  "scale": {
    "ballot": "scale",
    "lowest": 0,
    "highest": 10,
    "low": {
      "nl": "helemaal niet",
      "en": "not at all"
    },
    "high": {
      "nl": "helemaal",
      "en": "completely"
    },
    "unsure": true
  }
};
export const RULE_LIMITS: Record<BallotKey, Record<string, [number, number]>> = {
  "dots": {
    "budget": [
      1,
      50
    ],
    "most": [
      1,
      50
    ]
  },
  "approve": {
    "most": [
      1,
      50
    ]
  },
  "opinion": {},
  "rating": {
    "points": [
      2,
      10
    ]
  },
  "criteria": {
    "points": [
      2,
      10
    ]
  },
  "ranking": {
    "places": [
      1,
      20
    ]
  },
  "points": {
    "total": [
      2,
      1000
    ]
  },
  "budget": {
    "total": [
      1,
      1000000000000
    ]
  },
  "matrix": {
    "points": [
      2,
      6
    ]
  },
  "pairwise": {
    "pairs": [
      1,
      30
    ],
    "each": [
      1,
      5
    ]
  },
  "choice": {
    "most": [
      1,
      20
    ]
  },
  "scale": {
    "lowest": [
      -10,
      20
    ],
    "highest": [
      -10,
      20
    ]
  }
};
export interface OutboxRule { collapses: string[]; told: string[] | null; untold: string[]; expires: number | null }
export const OUTBOX_DEFAULT: OutboxRule = {
  "collapses": [],
  "told": [],
  "untold": [],
  "expires": null
};
export const OUTBOX: Record<string, OutboxRule> = {
  "card.write": {
    "collapses": [],
    "told": null,
    "untold": [],
    "expires": null
  },
  "card.edit": {
    "collapses": [],
    "told": null,
    "untold": [
      "card.unknown"
    ],
    "expires": null
  },
  "card.withdraw": {
    "collapses": [],
    "told": null,
    "untold": [
      "card.unknown"
    ],
    "expires": null
  },
  "vote.cast": {
    "collapses": [
      "round",
      "item"
    ],
    "told": [
      "round.closed"
    ],
    "untold": [],
    "expires": null
  },
  "step.done": {
    "collapses": [
      "step"
    ],
    "told": [],
    "untold": [],
    "expires": null
  },
  "step.open": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  },
  "step.close": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  },
  "step.reveal": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  },
  "step.seal": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  },
  "step.undo": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  },
  "clock.add": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  },
  "clock.pause": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  },
  "clock.start": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  },
  "stage.show": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  },
  "message.put": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  },
  "message.remove": {
    "collapses": [],
    "told": [],
    "untold": [],
    "expires": 15000
  }
};
