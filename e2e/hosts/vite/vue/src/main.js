import { createApp } from "vue";
import Appointment from "./Appointment.vue";

createApp(Appointment).mount("#app");
