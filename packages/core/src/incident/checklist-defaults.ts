import type { Level } from '../journey/index.ts'
import type { ChecklistItem } from './checklist-template.ts'

/** What to do first where nobody wrote a list of their own: the order of a first response, shorter the less it hurts. */
export const DEFAULT_CHECKLISTS: Readonly<Record<Level, readonly ChecklistItem[]>> = {
  1: [
    { id: 'take', text: { en: 'Take the alert', ja: 'アラートの対応を引き受ける' }, minutes: 5, auto: 'ack' },
    { id: 'lead', text: { en: 'Say that you lead', ja: '指揮を執ることを宣言する' }, minutes: 5 },
    {
      id: 'place',
      text: { en: 'Open a place to work: this thread, or a call', ja: '作業場所を決める(このスレッド、または通話)' },
      minutes: 10,
    },
    {
      id: 'report',
      text: {
        en: 'Report early, even if you know little yet',
        ja: '分からないことが多くても、まず第一報を出す',
      },
      minutes: 10,
    },
    {
      id: 'journeys',
      text: { en: 'Find out which journeys are hurt', ja: '影響が出ているジャーニーを確認する' },
      auto: 'journeys',
    },
    {
      id: 'changes',
      text: { en: 'Find out what changed just before', ja: '直前の変更(デプロイや設定)を確認する' },
      auto: 'changes',
    },
    {
      id: 'stop-bleeding',
      text: {
        en: 'Stop the bleeding: roll back, switch off, divert',
        ja: '止血する(切り戻し、機能の停止、迂回)',
      },
    },
    {
      id: 'help',
      text: { en: 'Not better after 20 minutes? Ask for help', ja: '20分たっても改善しなければ応援を呼ぶ' },
      minutes: 20,
    },
    {
      id: 'next-update',
      text: { en: 'Say when the next update comes', ja: '次の状況報告の時刻を伝える' },
      minutes: 15,
    },
  ],
  2: [
    { id: 'lead', text: { en: 'Say that you look after it', ja: '担当することを宣言する' } },
    {
      id: 'journeys',
      text: { en: 'Find out which journeys are hurt', ja: '影響が出ているジャーニーを確認する' },
      auto: 'journeys',
    },
    {
      id: 'changes',
      text: { en: 'Find out what changed just before', ja: '直前の変更(デプロイや設定)を確認する' },
      auto: 'changes',
    },
    {
      id: 'worse',
      text: { en: 'Could it become level 1? Then raise it now', ja: 'レベル1になりそうなら、今すぐ引き上げる' },
    },
    { id: 'next-update', text: { en: 'Say when the next update comes', ja: '次の状況報告の時刻を伝える' } },
  ],
  3: [
    {
      id: 'journeys',
      text: { en: 'Find out which journeys are hurt', ja: '影響が出ているジャーニーを確認する' },
      auto: 'journeys',
    },
    { id: 'decide', text: { en: 'Decide: leave it, or add a fix', ja: '対応しないか、恒久対応を登録するかを決める' } },
  ],
}
