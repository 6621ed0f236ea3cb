// The app's own small set of components. Screens take them from here and never style a control by themselves.
export { Button, LinkButton } from "./button";
export { Confirm, Dialog } from "./dialog";
export { Check, Field } from "./field";
export { Badge, Progress, Stat, Whisker, type Tone } from "./figures";
export { Menu, type MenuEntry } from "./menu";
export { Card, Page } from "./page";
export { ScrollBox } from "./scroll_box";
export { Select, type SelectOption } from "./select";
export { Empty, Loaded, Loading, Problem, ProblemDetail } from "./states";
export { detailOf, useCodeText, useProblemText } from "./problem_text";
export { Table, VirtualTable, type Column } from "./table";
export { SubNav, Tabs } from "./tabs";
export { toast } from "./toast";
export { VastTable } from "./vast_table";
export { Balance, Wordmark } from "./wordmark";
