using System.Text.Json.Serialization;
using Sidecar.Features.AgendaItems;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

/// <content>What is said about it in the weekly meeting (WEEK-1).</content>
[JsonDerivedType(typeof(EscalationInMeeting), "inMeeting")]
internal abstract partial record EscalationFact
{
    /// <summary>Its timeline has it; where many read its thread, the meeting's words stay among who was there.</summary>
    public sealed record EscalationInMeeting(MeetingNote Note) : EscalationFact(Note.By)
    {
        public override bool IsToldByCard => true;

        public override bool ChangesCard => false;

        public override Markdown Sentence => Note.Said;

        public override Markdown ToldTo(bool isOurs) => isOurs ? Note.Said : Note.SaidToAll;
    }
}
