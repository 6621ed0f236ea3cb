// A task for each recipe, to look at while a template is written.
export const kSamples = {
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
  boxes: { image: "https://images.example.org/farm-17.jpg", caption: "<p>Farm, camera 2</p>" },
  empty: { text: "The text of a task stands here." },
} as const;
