import { Component, CUSTOM_ELEMENTS_SCHEMA, ElementRef, inject, signal } from "@angular/core";

@Component({
  selector: "app-appointment",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <textarea #field id="notes" [value]="notes()" (input)="notes.set(field.value)"></textarea>
    <output id="kept">{{ notes() }}</output>
    <output id="created">{{ created() }}</output>
    <button type="button" (click)="minutes.set(minutes() + 15)">Longer</button>
    <button type="button" (click)="isOpen.set(!isOpen())">Toggle</button>
    @if (isOpen()) {
      <zoom-meeting
        appointment="7"
        client="Dana Lee"
        starts="2199-11-12T18:00"
        time-zone="America/New_York"
        [attr.duration]="minutes()"
        notes="#notes"
      ></zoom-meeting>
    }
  `,
})
export class Appointment {
  readonly notes = signal("Tea");
  readonly minutes = signal(60);
  readonly isOpen = signal(true);
  readonly created = signal("");

  constructor() {
    // In a template, Angular takes what stands before a colon for `window` or `document`. The event bubbles up to here.
    const { nativeElement } = inject<ElementRef<HTMLElement>>(ElementRef);
    nativeElement.addEventListener("zoom-meeting:created", (event) =>
      this.created.set((event as CustomEvent<{ joinUrl: string }>).detail.joinUrl),
    );
  }
}
