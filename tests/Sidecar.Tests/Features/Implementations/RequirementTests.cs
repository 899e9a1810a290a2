using Shouldly;
using Sidecar.Features.Implementations.Domain;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Implementations;

using static ImplementationDesk;

/// <summary>What the forms of the eight and of the documents keep, and what they say instead of dropping it.</summary>
public sealed class RequirementTests
{
    [Fact]
    public async Task M1_IMP_5_A_requirement_that_is_opened_again_keeps_its_link()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Does(
            Ie,
            "requirement",
            1,
            ("requirement", "Technical"),
            ("state", "Collected"),
            ("note", "https://docs.test/technical")
        );
        foreach (var state in (string[])["Open", "Collected"])
        {
            await desk.Does(Ce, "requirement", 1, ("requirement", "Technical"), ("state", state));
            (await desk.Implementation())
                .Of(RequirementKind.Technical)!
                .Note.ShouldBe("https://docs.test/technical");
        }

        await desk.Types(Ce, "/escalate implementation requirement IMP-1");
        (
            await desk.Submits(
                Ce,
                ("requirement", "Technical"),
                ("state", "Skipped"),
                ("note", "none")
            )
        ).FieldErrors.Keys.ShouldBe(["note"]);
    }

    [Fact]
    public async Task M1_IMP_5_All_that_are_open_are_those_that_were_shown()
    {
        await using var desk = await Open();
        await desk.Starts();
        (string, object?)[] technical = [("requirement", "Technical"), ("state", "Collected")];
        await desk.Does(Ce, "requirement", 1, technical);
        await desk.Types(Ie, "/escalate implementation requirement IMP-1");
        technical[1] = ("state", "Open");
        await desk.Does(Ce, "requirement", 1, technical);

        (string, object?)[] all =
        [
            ("requirement", "open"),
            ("state", "Skipped"),
            ("note", "They have it"),
        ];
        (await desk.Submits(Ie, all)).Error.ShouldContain("Open by now: Technical");
        (await desk.Implementation())
            .StateOf(RequirementKind.Technical)
            .ShouldBe(RequirementState.Open);
        (await desk.Submits(Ie, all)).Closed.ShouldBeTrue();
        (await desk.Implementation()).OpenRequirements.ShouldBeEmpty();
    }

    [Fact]
    public async Task M1_IMP_5_What_others_made_of_a_requirement_is_replaced_by_who_has_seen_it()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Types(Ie, "/escalate implementation requirement IMP-1");
        await desk.Does(
            Ce,
            "requirement",
            1,
            ("requirement", "Technical"),
            ("state", "Collected"),
            ("note", "https://docs.test/technical")
        );
        (string, object?)[] skipped =
        [
            ("requirement", "Technical"),
            ("state", "Skipped"),
            ("note", "It is a test"),
        ];
        var both = await desk.Submits(Ie, skipped);
        both.FieldErrors.Keys.ShouldBe(["state", "note"], ignoreOrder: true);
        both.FieldErrors["state"].ShouldContain("“Collected”");
        (await desk.Implementation())
            .Of(RequirementKind.Technical)!
            .State.ShouldBe(RequirementState.Collected);
        // What nobody else touched is not asked about.
        await desk.Fills(Ie, ("requirement", "Progress"));
        var it = await desk.Implementation();
        (it.Of(RequirementKind.Technical)!.By, it.Of(RequirementKind.Progress)!.Note).ShouldBe(
            (desk.IdOf(Ce), "It is a test")
        );
    }

    [Fact]
    public async Task M3_IMP_4_A_tick_without_a_questionnaire_is_not_dropped()
    {
        await using var desk = await Open();
        await desk.Qualifies();
        await desk.Types(Ce, "/escalate implementation documents IMP-1");
        (await desk.Submits(Ce, ("design", Design), ("is_complete", true)))
            .FieldErrors["is_complete"]
            .ShouldContain("Which questionnaire?");
        (await desk.Implementation()).DesignDocument.ShouldBeEmpty();
        await desk.Fills(Ce, ("questionnaire", Questionnaire));
        (await desk.Implementation()).Questionnaire.ShouldBe(Questionnaire);
    }

    [Theory]
    // Whoever wrote another address, and whoever ticked another one as complete.
    [InlineData("", "questionnaire", true)]
    [InlineData("https://docs.test/1", "is_complete", false)]
    public async Task M1_IMP_4_Complete_is_the_questionnaire_that_the_form_shows(
        string before,
        string touched,
        bool isTheirsComplete
    )
    {
        await using var desk = await Open();
        await desk.Qualifies();
        if (before.Length > 0)
        {
            await desk.Does(Ce, "documents", 1, ("questionnaire", before));
        }

        await desk.Types(Ie, "/escalate implementation documents IMP-1");
        await desk.Does(
            Ce,
            "documents",
            1,
            ("questionnaire", "https://docs.test/2"),
            ("is_complete", isTheirsComplete)
        );
        (string, object?) mine =
            touched == "is_complete" ? (touched, true) : (touched, "https://docs.test/1");
        var both = await desk.Submits(Ie, mine, ("design", Design));
        both.FieldErrors.Keys.ShouldBe([touched]);
        both.FieldErrors[touched]
            .ShouldContain(
                $"“Questionnaire complete: {(isTheirsComplete ? "yes" : "no")}, https://docs.test/2”"
            );
        await desk.Fills(Ie, mine);
        var it = await desk.Implementation();
        (it.Questionnaire, it.QuestionnaireBegun, it.DesignDocument).ShouldBe(
            touched == "is_complete"
                ? ("https://docs.test/1", "", Design)
                : ("", "https://docs.test/1", Design)
        );

        // Who touched neither leaves both as they are by then.
        await desk.Types(Ie, "/escalate implementation documents IMP-1");
        await desk.Does(
            Ce,
            "documents",
            1,
            ("questionnaire", "https://docs.test/3"),
            ("is_complete", true)
        );
        await desk.Fills(Ie, ("design", "https://docs.test/design-2"));
        it = await desk.Implementation();
        (it.Questionnaire, it.DesignDocument).ShouldBe(
            ("https://docs.test/3", "https://docs.test/design-2")
        );
    }

    [Fact]
    public async Task M1_IMP_3_A_reason_is_that_of_the_decision_beside_it()
    {
        await using var desk = await Open();
        await desk.Hires("second-lead", Role.ImplementationLead);
        await desk.Requests();
        await desk.Does(Lead, "decide", 1, ("decision", "disqualify"), ("why", "Too small"));
        await desk.Types(Lead, "/escalate implementation decide IMP-1");
        await desk.Does(
            "second-lead",
            "decide",
            1,
            ("decision", "ask-leadership"),
            ("why", "Is it strategic?")
        );
        var told = await desk.Submits(Lead, ("why", "Far too small"));
        told.Error.ShouldContain("It is with leadership");
        told.FieldErrors["why"].ShouldContain("Ask sales and technical success leadership first");
        await desk.Fills(Lead, ("why", "Far too small"));
        var it = await desk.Implementation();
        (it.State, it.StateReason).ShouldBe((ImplementationState.Disqualified, "Far too small"));
    }

    [Fact]
    public async Task M3_IMP_5_A_note_is_left_as_it_is_by_a_word()
    {
        await using var desk = await Open();
        await desk.Starts();
        await desk.Does(
            Ce,
            "requirement",
            1,
            ("requirement", "Technical"),
            ("state", "Collected"),
            ("note", "https://docs.test/technical")
        );
        await desk.Does(
            Ie,
            "requirement",
            1,
            ("requirement", "Technical"),
            ("state", "Open"),
            ("note", "keep")
        );
        (await desk.Implementation())
            .Of(RequirementKind.Technical)!
            .Note.ShouldBe("https://docs.test/technical");
    }
}
