import { toast } from "./toast";
import { useProblemText } from "./problem_text";

/** Runs what a button does; a problem is told at the edge of the screen. */
export function useAct(): (run: () => Promise<void>) => void {
  const problemText = useProblemText();
  return (run) => {
    run().catch((error: unknown) => {
      const { title, advice, detail } = problemText(error);
      toast(`${title}. ${advice}`, "bad", detail);
    });
  };
}
