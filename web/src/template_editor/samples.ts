// A task for each recipe, in each language, to look at while a template is written.
import type { Language } from "../i18n/settings";
import type { Payload } from "../task/template";
import picture from "./sample.svg?url";

export type SampleName = "preference" | "rubric" | "demonstrations" | "classification" | "spans" | "boxes" | "empty";

const kEnglish: Record<SampleName, Payload> = {
  preference: {
    messages: [{ role: "user", content: "Why is the sky blue in the day and red at sunset? Two sentences, please." }],
    response_a:
      "Air scatters **short wavelengths** far more than long ones, so by day blue light reaches us from every side. At sunset light crosses much more air, the blue is scattered out of its way, and red remains.",
    response_b: "The sky is blue because it *reflects the sea*. At sunset the sun is cooler, so it looks red.",
  },
  rubric: {
    question: "I am 58 and have had a burning pain behind my breastbone since this morning. I took two antacids. What else can I do?",
    answer:
      "Pain behind the breastbone at your age needs a doctor **today**: call the emergency number if it spreads to your arm or jaw, or if you sweat or are short of breath.\n\nDo you have high blood pressure, diabetes, or take any medicine regularly?",
  },
  demonstrations: {
    messages: [
      { role: "user", content: "Our lease ends in March. The landlord wants to keep the whole deposit for repainting. Can he?" },
      { role: "assistant", content: "Which country are you in, and how long did you live there?" },
      { role: "user", content: "Germany, six years." },
    ],
  },
  classification: { text: "I was charged twice for June and nobody answers my letters. Please return the money." },
  spans: {
    text: "He was given amoxicillin 500 mg three times a day, later ibuprofen 400 mg when needed.",
    measurements: [
      { time: "08:00", value: "38.9 °C" },
      { time: "14:00", value: "37.6 °C" },
    ],
  },
  boxes: { image: picture, caption: "<p>Farm, camera 2</p>" },
  empty: { text: "The text of a task stands here." },
};

const kArabic: Record<SampleName, Payload> = {
  preference: {
    messages: [{ role: "user", content: "لماذا تبدو السماء زرقاء نهارًا وحمراء عند الغروب؟ في جملتين من فضلك." }],
    response_a:
      "يبعثر الهواء **الأطوال الموجية القصيرة** أكثر بكثير من الطويلة، فيصلنا الضوء الأزرق نهارًا من كل جهة. وعند الغروب يعبر الضوء هواءً أكثر، فيتبعثر الأزرق في الطريق ويبقى الأحمر.",
    response_b: "السماء زرقاء لأنها *تعكس لون البحر*. وعند الغروب تبرد الشمس فتبدو حمراء.",
  },
  rubric: {
    question: "عمري ٥٨ سنة وأشعر منذ الصباح بألم حارق خلف عظم الصدر. تناولت قرصين مضادين للحموضة. ماذا أفعل أيضًا؟",
    answer:
      "الألم خلف عظم الصدر في عمرك يستدعي طبيبًا **اليوم**: اتصل بالطوارئ إن امتد إلى ذراعك أو فكك، أو إن تعرّقت أو ضاق نفسك.\n\nهل تعاني من ارتفاع ضغط الدم أو السكري، أو تتناول دواء بانتظام؟",
  },
  demonstrations: {
    messages: [
      { role: "user", content: "ينتهي عقد إيجارنا في مارس، ويريد المالك الاحتفاظ بمبلغ التأمين كله لإعادة الطلاء. هل يحق له ذلك؟" },
      { role: "assistant", content: "في أي بلد تسكنون، وكم أقمتم في البيت؟" },
      { role: "user", content: "في الأردن، ست سنوات." },
    ],
  },
  classification: { text: "خُصم مني المبلغ مرتين عن شهر يونيو ولا أحد يرد على رسائلي. أرجو إعادة المال." },
  spans: {
    text: "أُعطي أموكسيسيلين ٥٠٠ ملغ ثلاث مرات يوميًا، ثم إيبوبروفين ٤٠٠ ملغ عند الحاجة.",
    measurements: [
      { time: "08:00", value: "38.9 °C" },
      { time: "14:00", value: "37.6 °C" },
    ],
  },
  boxes: { image: picture, caption: "<p>المزرعة، الكاميرا ٢</p>" },
  empty: { text: "هنا يكون نص المهمة." },
};

export const kSamples: Record<Language, Record<SampleName, Payload>> = { en: kEnglish, ar: kArabic };
