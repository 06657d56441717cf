package dev.agentctl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PromptTest {
    @Test
    void remindersAroundWordsAreTheHarnessesOwn() {
        assertThat(Prompt.items("<system-reminder>be nice</system-reminder>\nhello\n[Request interrupted by user]"))
                .containsExactly(
                        new ModelItem.Harness("<system-reminder>be nice</system-reminder>"),
                        new ModelItem.User("hello"));
    }

    @Test
    void blockOfTheHarnessAloneIsNoPrompt() {
        assertThat(Prompt.items("<environment_context>\n<cwd>/x</cwd>\n</environment_context>"))
                .hasOnlyElementsOfType(ModelItem.Harness.class);
    }

    @Test
    void messageTypedWhileAToolRanLosesItsWrapping() {
        String wrapped = "The user sent a new message while you were working:\nextra\nwords\n\n"
                + "This is how Claude Code surfaces messages the user sends mid-turn.";
        assertThat(Prompt.items(wrapped)).containsExactly(new ModelItem.User("extra\nwords"));
    }

    @Test
    void reasonOfACodexStopHookIsAPrompt() {
        assertThat(Prompt.items("<hook_prompt hook_run_id=\"stop:10\">go on</hook_prompt>"))
                .containsExactly(new ModelItem.User("go on"));
    }
}
