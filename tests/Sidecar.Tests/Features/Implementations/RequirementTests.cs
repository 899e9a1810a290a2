using Shouldly;
using Sidecar.Features.Implementations.Domain;
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
}
