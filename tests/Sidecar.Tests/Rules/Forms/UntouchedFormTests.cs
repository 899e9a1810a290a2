using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Features;
using Sidecar.Interactions;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Rules.Forms;

/// <summary>No form changes what nobody changed, and every field can be emptied, on clients of every age.</summary>
public sealed class UntouchedFormTests
{
    [Fact]
    public void M1_Every_form_of_the_product_is_among_those_that_are_tried()
    {
        var features = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(features);
        EveryForm
            .Cases.Select(form => form.Dialog)
            .Concat(EveryForm.Questions)
            .Distinct()
            .ShouldBe(features.Build().Dialogs.Select(d => d.Name), ignoreOrder: true);
    }

    [Theory]
    [InlineData(SimulatorOptions.Today)]
    [InlineData(SimulatorOptions.OldEnd)]
    public async Task M1_A_form_that_nobody_touched_changes_nothing(string age)
    {
        await using var desk = await EveryForm.Prepared(
            new SimulatorOptions { ServerVersion = age }
        );
        var wrong = new List<string>();
        foreach (var form in EveryForm.Cases)
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(2));
            await form.Open(desk);
            var opened = desk.Mattermost.OpenDialogOf(form.Who);
            var what = $"{form.Dialog} “{opened?.Title}”";
            (opened?.CallbackId).ShouldBe(form.Dialog, what);
            wrong.AddRange(CanNotBeEmptied(desk, form.Who, opened!).Select(p => $"{what}: {p}"));

            foreach (var list in opened!.Elements.Where(e => e is { DataSource: "dynamic" }))
            {
                var offered = await desk.Mattermost.As(form.Who).OfferedIn(list.Name);
                if (list.Optional != offered.Any(o => o.Value == NoneWord.Text))
                {
                    wrong.Add(
                        $"{what}: {list.Name} can be emptied: {list.Optional}, and offers that not"
                    );
                }
            }

            var before = await desk.FactsWritten();
            var outcome = await desk.Submits(form.Who);
            if (form.Does is { } does)
            {
                outcome.Closed.ShouldBeTrue(
                    $"{what}: {outcome.Error} {string.Join(' ', outcome.FieldErrors.Values)}"
                );
                await does(desk);
            }
            else if (await desk.FactsWritten() is var after && after != before)
            {
                wrong.Add($"{what}: {after - before} facts were written");
            }

            if (desk.Mattermost.OpenDialogOf(form.Who) is { } still)
            {
                await desk.Mattermost.As(form.Who).CancelDialog(still);
            }
        }

        wrong.ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    /// <summary>
    /// What is wrong with the ways in which optional fields are emptied after an error, when a client lays what was sent
    /// before over what is empty now.
    /// </summary>
    private static IEnumerable<string> CanNotBeEmptied(Desk desk, string who, OpenedDialog form)
    {
        desk.Parts.GetRequiredService<InteractionSeal>()
            .OpenDialog(form.State, desk.IdOf(who), out var state)
            .ShouldBe(SealVerdict.Valid);
        foreach (
            var field in state!.Asked!.Where(f =>
                f is { Optional: true, IsSpared: not true } && f.Kind != FieldKind.YesNo
            )
        )
        {
            var shown = form[field.Name];
            foreach (var (sent, means) in Emptied(field, form))
            {
                var read = FormAnswers.Read(state.Asked, sent);
                if (read.Values.GetValueOrDefault(field.Name, "") != means)
                {
                    yield return $"{field.Name} can't be emptied with {string.Join(", ", sent)}";
                }
            }

            var isSaidAfterAnError =
                field.NoneIsAnswer
                || !string.IsNullOrEmpty(field.Preset)
                || FormAnswers
                    .Read(state.Asked, new Dictionary<string, string> { [field.Name] = "7" })
                    .Placed(
                        SubmissionReply.Mark(
                            new Dictionary<string, string> { [field.Name] = "Wrong." }
                        )
                    )
                    is SubmissionReply.Marked { General: FormShape.NoneAfterError };
            if (
                shown.Type is "text" or "textarea"
                && (
                    !isSaidAfterAnError
                    || (
                        !string.IsNullOrEmpty(field.Preset)
                        && !shown.HelpText.Contains(NoneWord.Text, StringComparison.Ordinal)
                        && shown.HelpText.Length + FormShape.NoneHint.Length < 150
                    )
                )
            )
            {
                yield return $"{field.Name} does not say how it is emptied";
            }
        }
    }

    private static IEnumerable<(Dictionary<string, string> Sent, string Means)> Emptied(
        AskedField field,
        OpenedDialog form
    )
    {
        switch (field.Drawing)
        {
            case FieldDrawing.Offered:
                yield return (new() { [field.Name] = NoneWord.Text }, "");
                yield break;
            // Whoever is in it by mistake is taken out or left out: SET_2 in the tests of its form.
            case FieldDrawing.Several when string.IsNullOrEmpty(field.Preset):
                form.Elements.ShouldNotContain(e => e.Name == FormShape.NobodyOf(field.Name));
                yield break;
            case FieldDrawing.Calendar or FieldDrawing.Clock or FieldDrawing.Several:
                var box = FormShape.NobodyOf(field.Name);
                form[box].Type.ShouldBe("bool");
                yield return (
                    new() { [field.Name] = "before", [box] = FormShape.Yes },
                    field.NoneIsAnswer ? NoneWord.Text : ""
                );
                yield break;
        }

        switch (field.Kind)
        {
            case FieldKind.Person or FieldKind.Channel:
                var tick = FormShape.NobodyOf(field.Name);
                form[tick].Type.ShouldBe("bool");
                yield return (new() { [field.Name] = "before", [tick] = FormShape.Yes }, "");
                break;
            case FieldKind.Choice:
                form[field.Name].Options!.ShouldContain(o => o.Value == NoneWord.Text);
                yield return (new() { [field.Name] = NoneWord.Text }, "");
                break;
            default:
                foreach (var word in (string[])[NoneWord.Text, "-", "–", " None "])
                {
                    var means = field.NoneIsAnswer ? NoneWord.Text : "";
                    yield return (new() { [field.Name] = word }, means);
                }

                break;
        }
    }
}
